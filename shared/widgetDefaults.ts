/** What a widget takes where the study does not say. Free of schemas, so that pages stay small. */
export const WIDGET_DEFAULTS = { clicks: 5, bins: 10, chips: 20, characters: 2000 } as const;

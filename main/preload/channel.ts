/** The one channel between a window's preload script and the main process. */
export const CALL_CHANNEL = 'credence:call';

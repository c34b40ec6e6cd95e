/** The one channel between a window's preload script and the main process. */
export const CALL_CHANNEL = 'credence:call';
/** The channel on which a hidden window gets the port of its programs. */
export const PORT_CHANNEL = 'credence:program';

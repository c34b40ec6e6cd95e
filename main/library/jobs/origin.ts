/** The file in a run's folder that says where the run came from. */
export const ORIGIN_FILE = 'origin.json';

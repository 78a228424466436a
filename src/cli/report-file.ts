/** The page of a folder of results. */
export const REPORT = 'report.html';

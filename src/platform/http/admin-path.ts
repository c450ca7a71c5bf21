const ADMIN_PATH = /^(\/en)?\/quan-tri(?=[/?#]|$)/;

/** Whether a path of the route map, with or without language, is a page of administration. For pages and islands as well: no more than a pattern. */
export const isAdminPath = (path: string): boolean => ADMIN_PATH.test(path);

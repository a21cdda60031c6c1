/** Set by the build: whether this is the bundle that loads itself again. */
declare const DEV: boolean;

/** Put in by the build. */
declare const __COT_VERSION__: string | undefined;

export const version = typeof __COT_VERSION__ === "undefined" ? "0.0.0-source" : __COT_VERSION__;

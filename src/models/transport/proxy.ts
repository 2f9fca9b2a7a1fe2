/** The part of the environment that says which proxy to use. */
export type ProxyEnvironment = Readonly<Record<string, string | undefined>>;

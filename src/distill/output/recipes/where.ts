/** Lines that are there only where a validation part is. */
export const where = (there: boolean, text: string): string => (there ? text : "");

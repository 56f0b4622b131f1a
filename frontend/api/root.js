// Where the product is: pages of scenes stand one level below it, and a proxy may put all of it under
// a prefix. The page's HTML is told where its files are; what scripts ask for begins there, too.

/** @type {HTMLLinkElement | null} */
const named = globalThis.document?.querySelector('link[rel="preload"][href*="api/v1/"]') ?? null;
const root = named ? named.href.slice(0, named.href.lastIndexOf("api/v1/")) : undefined;

/** The product's own address, with a slash at its end. */
export const ROOT = root ?? globalThis.document?.baseURI ?? "http://localhost/";

/** An address below the product's own, whole. @param {string} path */
export const at = (path) => new URL(path, ROOT).href;

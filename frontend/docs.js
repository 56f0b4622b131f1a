// The API's own pages, drawn by Swagger UI from what the server says of itself.

// The library is a script of its own, before this one.
/** @type {any} */ (globalThis).SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  validatorUrl: null,
});

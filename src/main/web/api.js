/* The documents that other programs read, for people: OpenAPI by Swagger UI, AsyncAPI by api-events.js. */
import { plain, showEvents } from "./api-events.js";
import { byId } from "./elements.js";

const DOCUMENTS = ["client-a", "client-b", "events"];

/* It would write descriptions as markup, which the page's policy (trusted types) forbids: they are text. */
const plainText = () => ({
  wrapComponents: {
    Markdown: (_, { React }) => ({ source }) => React.createElement("div", { className: "markdown" }, React.createElement("p", null, plain(source))),
  },
});

const settings = await fetch("../page-settings.json").then((response) => response.json());
const clientA = settings.sendUrl ?? `${location.protocol}//${location.hostname}:${settings.sendPort}/send-message`;
const addresses = { "client-a": new URL("openapi.json", clientA).href, "client-b": new URL("../openapi.json", location.href).href };

const asked = new URLSearchParams(location.search).get("show");
const chosen = DOCUMENTS.includes(asked) ? asked : "client-b";
byId(`show-${chosen}`).setAttribute("aria-current", "page");
byId("http").hidden = chosen === "events";
byId("events").hidden = chosen !== "events";
try {
  if (chosen === "events") showEvents(byId("events"), await read("../asyncapi.json"));
  else showHttp(await read(addresses[chosen]), addresses[chosen]);
} catch (problem) {
  byId("notice").textContent = `The document cannot be read: ${problem.message} Is this service running?`;
}

async function read(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answers with ${response.status}.`);
  return response.json();
}

function showHttp(document, address) {
  // Where it is from, which is not where this page is.
  document.servers[0].url = new URL(".", address).href.replace(/\/$/, "");
  globalThis.SwaggerUIBundle({
    spec: document,
    domNode: byId("http"),
    plugins: [plainText],
    validatorUrl: null,
    docExpansion: "list",
    defaultModelsExpandDepth: 0,
  });
}

/* An AsyncAPI document as a list: what is sent and received where, with what, and how it is answered. */
import { element } from "./elements.js";

const WHO = { send: "sent by Courier", receive: "received by Courier" };

/** A description as text, without the signs of Markdown that these documents use, and its lines joined. */
export const plain = (text) => (text ?? "").replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replaceAll("`", "").replaceAll("\n", " ").trim();

export function showEvents(place, document) {
  const at = (reference) => reference.slice(2).split("/").reduce((part, name) => part[name.replaceAll("~1", "/")], document);
  const follow = (described) => (described?.$ref ? follow(at(described.$ref)) : described);
  const channels = Object.entries(document.channels).map(([name, channel]) => [`#/channels/${name}`, channel]);

  function message(described) {
    const { name, title, description, headers, payload, bindings } = follow(described);
    const schema = { ...(bindings?.kafka?.key && { key: bindings.kafka.key }), ...(headers && { headers: headers.properties }), payload: resolved(payload) };
    return element("details", {},
      element("summary", {}, name, title ? ` — ${title}` : ""),
      ...(description ? [element("p", {}, plain(description))] : []),
      element("pre", { tabindex: "0" }, JSON.stringify(schema, null, 2)));
  }

  function resolved(schema) {
    if (Array.isArray(schema)) return schema.map(resolved);
    if (schema === null || typeof schema !== "object") return schema;
    if (schema.$ref) return resolved(follow(schema));
    return Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, resolved(value)]));
  }

  function operation({ action, summary, messages, reply }, channel) {
    const all = messages ?? Object.values(channel.messages);
    return [
      element("h3", {}, plain(summary), element("span", { class: "direction" }, ` (${WHO[action]})`)),
      ...all.map((each) => message(follow(each))),
      ...(reply ? [element("p", {}, "Acknowledged with one of:"), ...reply.messages.map((each) => message(follow(each)))] : []),
    ];
  }

  place.replaceChildren(
    element("p", {}, plain(document.info.description)),
    ...channels.flatMap(([reference, channel]) => [
      element("h2", {}, channel.title, " ", element("code", {}, channel.address)),
      element("p", {}, plain(channel.description)),
      ...Object.values(document.operations)
        .filter((each) => each.channel.$ref === reference)
        .flatMap((each) => operation(each, channel)),
    ]));
}

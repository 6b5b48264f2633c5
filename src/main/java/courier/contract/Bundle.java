package courier.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A document of {@code src/main/contract} with all that it refers to: the components it needs of
 * the files beside it, the schemas by which requests are checked from the folder of routes, and in
 * each operation what any request may be answered with.
 *
 * @param files the schemas it has from there, and when each was changed last; of one that is not
 *     there 1970
 */
record Bundle(ObjectNode document, Map<Path, FileTime> files) {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> SHARED =
      List.of(
          "http.yaml",
          "schemas.yaml",
          "route-files.yaml",
          "dead-letters.yaml",
          "dead-letter-schemas.yaml",
          "dead-letter-notes.yaml",
          "transfer.yaml",
          "asyncapi-messages.yaml");
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
  private static final Pattern COMPONENT = Pattern.compile("#/components/(\\w+)/(\\w+)");
  private static final String FOLDER = "routes/";
  private static final String REF = "$ref";
  private static final String SCHEMES = "securitySchemes";

  /** A keyword of Courier's own, which others take for a misspelt one. */
  private static final String MAX_BYTES = "maxBytes";

  /**
   * @param source such as {@code client-b.yaml}
   * @param routes the folder of routes
   */
  static Bundle of(String source, Path routes) {
    Bundle bundle = new Bundle(read(source), new HashMap<>());
    ObjectNode shared = JSON.createObjectNode();
    SHARED.forEach(each -> shared.withObject("/components").setAll(merged(shared, read(each))));
    JsonNode any = read("http.yaml").get("x-any-request");
    if (bundle.document.has("security")) {
      bundle.document.withObject("/components").set(SCHEMES, shared.at("/components/" + SCHEMES));
    }
    for (JsonNode path : bundle.document.path("paths")) {
      bundle.complete((ObjectNode) path, shared, any);
    }
    bundle.add(shared, routes);
    return bundle;
  }

  /** Whether it would be the same if it was made now. */
  boolean isOfNow() {
    return files.entrySet().stream()
        .allMatch(file -> file.getValue().equals(changed(file.getKey())));
  }

  private static ObjectNode merged(ObjectNode shared, ObjectNode other) {
    ObjectNode components = shared.withObject("/components");
    other
        .get("components")
        .properties()
        .forEach(
            kind ->
                components.withObject("/" + kind.getKey()).setAll((ObjectNode) kind.getValue()));
    return components;
  }

  /** Puts a path that is shared in its place, and what any request may be answered with. */
  private void complete(ObjectNode path, ObjectNode shared, JsonNode any) {
    if (path.path(REF).isTextual()) {
      String pointer = path.remove(REF).textValue().substring(1);
      path.setAll((ObjectNode) shared.at(pointer).deepCopy());
    }
    for (Map.Entry<String, JsonNode> operation : path.properties()) {
      if (METHODS.contains(operation.getKey())) {
        ObjectNode responses = operation.getValue().withObject("/responses");
        any.properties().forEach(each -> responses.putIfAbsent(each.getKey(), each.getValue()));
      }
    }
  }

  /** Adds the components it refers to, those that these refer to, and so on. */
  private void add(ObjectNode shared, Path routes) {
    Set<String> known = new TreeSet<>();
    for (boolean more = true; more; ) {
      more = false;
      for (Matcher ref = COMPONENT.matcher(document.toString()); ref.find(); ) {
        JsonNode own = document.at(ref.group().substring(1));
        if (known.add(ref.group()) && own.isMissingNode()) {
          JsonNode component = shared.at(ref.group().substring(1));
          if (component.isMissingNode()) {
            throw new IllegalStateException("No file of contract/ has " + ref.group());
          }
          document
              .withObject("/components/" + ref.group(1))
              .set(ref.group(2), resolved(component.deepCopy(), routes));
          more = true;
        }
      }
    }
  }

  private JsonNode resolved(JsonNode component, Path routes) {
    String file = component.path(REF).asText();
    if (!file.contains(FOLDER)) {
      return component;
    }
    Path path = routes.resolve(file.substring(file.indexOf(FOLDER) + FOLDER.length()));
    files.put(path, changed(path));
    try {
      ObjectNode schema = (ObjectNode) JSON.readTree(Files.readAllBytes(path));
      schema.remove("$schema");
      for (JsonNode limited : schema.findParents(MAX_BYTES)) {
        ((ObjectNode) limited).set("x-" + MAX_BYTES, ((ObjectNode) limited).remove(MAX_BYTES));
      }
      return schema;
    } catch (IOException | ClassCastException e) {
      // Who took the file away took away the route that checks by it.
      return JSON.createObjectNode().put("type", "object");
    }
  }

  private static FileTime changed(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      return FileTime.fromMillis(0);
    }
  }

  private static ObjectNode read(String source) {
    try (InputStream file = Bundle.class.getResourceAsStream("/contract/" + source)) {
      return (ObjectNode) YAML.readTree(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

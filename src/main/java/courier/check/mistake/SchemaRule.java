package courier.check.mistake;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ValidationMessage;
import courier.check.source.Folder;
import courier.check.source.Report;
import courier.check.source.Rule;
import courier.check.source.Source;
import courier.check.source.Yaml;
import courier.config.Nearest;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The YAML is as Camel's own schema has it. */
public final class SchemaRule implements Rule {
  private static final String ID = "yaml";

  @Override
  public void check(Source file, Folder folder, Report report) {
    file.yaml()
        .filter(yaml -> !yaml.isList())
        .ifPresent(
            yaml ->
                report.error(
                    file.file(),
                    yaml.line(),
                    ID,
                    "a route file is a list",
                    "- " + file.line(yaml.line())));
    file.yaml()
        .filter(Yaml::isList)
        .ifPresent(
            yaml -> {
              Set<ValidationMessage> mistakes = CamelSchema.mistakes(file.text());
              mistakes.stream()
                  .filter(mistake -> !OneOfMany.isAbout(mistake))
                  .forEach(mistake -> check(mistake, file, yaml, report));
              OneOfMany.unexplained(mistakes)
                  .forEach(
                      mistake -> {
                        Place place = Place.of(yaml, mistake.getInstanceLocation());
                        OneOfMany.unknown(mistake, place.node())
                            .forEach(key -> unknown(key, mistake, file, place, report));
                      });
            });
  }

  private static void check(ValidationMessage mistake, Source file, Yaml yaml, Report report) {
    Place place = Place.of(yaml, mistake.getInstanceLocation());
    switch (mistake.getType()) {
      case "additionalProperties" -> unknown(mistake.getProperty(), mistake, file, place, report);
      case "enum" -> value(CamelSchema.choices(mistake), file, place, report);
      case "required" -> {
        String key = mistake.getProperty();
        report.error(file.file(), place.line(), ID, place.key() + " has no " + key, key + ": …");
      }
      case "type" -> type(mistake, file, place, report);
      default -> {
        // a form of several, of which another message says why it does not fit
      }
    }
  }

  private static void unknown(
      String key, ValidationMessage mistake, Source file, Place place, Report report) {
    int line = place.node().lineOf(key);
    Collection<String> known = CamelSchema.siblings(mistake);
    String written = file.line(line);
    report.error(
        file.file(),
        line,
        ID,
        "%s knows no \"%s\"".formatted(place.key(), key),
        Nearest.to(key, known)
            .map(near -> written.replaceFirst(Pattern.quote(key), near))
            .orElse("one of " + String.join(", ", known)));
  }

  private static void value(List<String> choices, Source file, Place place, Report report) {
    String value = place.node().text();
    if (value.contains("{{") || choices.stream().anyMatch(value::equalsIgnoreCase)) {
      return;
    }
    String near = Nearest.to(value, choices).orElse(choices.get(0));
    report.error(
        file.file(),
        place.line(),
        ID,
        "%s is \"%s\", and may be %s".formatted(place.key(), value, String.join(", ", choices)),
        place.key() + ": " + near);
  }

  private static void type(ValidationMessage mistake, Source file, Place place, Report report) {
    String expected = expected(mistake);
    String value = place.node().text();
    if (place.node().isText() && (expected.equals("string") || isA(expected, value))) {
      return;
    }
    String example =
        switch (expected) {
          case "number", "integer" -> ": 1";
          case "boolean" -> ": true";
          case "array" -> ":  # and below it \"- \" before each";
          case "string" -> ": a text";
          default -> ":  # and below it \"key: value\"";
        };
    report.error(
        file.file(),
        place.line(),
        ID,
        "%s takes %s".formatted(place.key(), words(expected)),
        place.key() + example);
  }

  private static String words(String type) {
    return switch (type) {
      case "array" -> "a list";
      case "object" -> "keys with values";
      case "boolean" -> "true or false";
      default -> "a " + type.replace("string", "text");
    };
  }

  /** As Camel reads every scalar as a text first, and knows placeholders anywhere. */
  private static boolean isA(String type, String value) {
    return value.contains("{{")
        || switch (type) {
          case "number", "integer" -> value.matches("-?\\d+(\\.\\d+)?");
          case "boolean" -> value.matches("(?i)true|false");
          default -> false;
        };
  }

  private static String expected(ValidationMessage mistake) {
    JsonNode type = mistake.getSchemaNode();
    return type.isTextual() ? type.textValue() : type.path("type").asText();
  }
}

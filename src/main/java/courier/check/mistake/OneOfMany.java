package courier.check.mistake;

import com.networknt.schema.ValidationMessage;
import courier.check.source.Yaml;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Where the schema knows several forms, each of them has something to say of a mistake. */
final class OneOfMany {
  private static final Pattern FORM = Pattern.compile(".*(oneOf|anyOf)/\\d+/(required|not|type)");

  private OneOfMany() {}

  /** Whether it only says that this form does not fit, not why none does. */
  static boolean isAbout(ValidationMessage mistake) {
    return FORM.matcher(mistake.getSchemaLocation().toString()).matches()
        || Set.of("oneOf", "anyOf", "not").contains(mistake.getType());
  }

  /** One for each place of which nothing else says what is wrong there, or below. */
  static List<ValidationMessage> unexplained(Set<ValidationMessage> mistakes) {
    List<String> explained =
        mistakes.stream()
            .filter(each -> !isAbout(each) || each.getType().equals("type"))
            .map(OneOfMany::place)
            .toList();
    List<ValidationMessage> forms =
        mistakes.stream()
            .filter(each -> isAbout(each) && each.getType().equals("required"))
            .filter(each -> explained.stream().noneMatch(place -> isWithin(place, place(each))))
            .toList();
    return forms.stream()
        .filter(
            each ->
                forms.stream()
                    .map(OneOfMany::place)
                    .noneMatch(place -> !place.equals(place(each)) && isWithin(place, place(each))))
        .toList();
  }

  /** As a JSON Pointer. */
  private static String place(ValidationMessage mistake) {
    return mistake.getInstanceLocation().toString();
  }

  private static boolean isWithin(String place, String outer) {
    return place.equals(outer) || place.startsWith(outer + "/");
  }

  /** The keys that are in no form. */
  static List<String> unknown(ValidationMessage mistake, Yaml node) {
    Collection<String> known = CamelSchema.siblings(mistake);
    return node.entries().stream()
        .map(entry -> entry.getKey().text())
        .filter(key -> !known.contains(key))
        .toList();
  }
}

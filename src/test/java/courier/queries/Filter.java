package courier.queries;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bson.BsonDocument;
import org.bson.BsonValue;

/**
 * What is asked of the members of documents, without the values.
 *
 * @param members each with the operators by which it is asked for, none when it is to be equal
 * @param alternatives of each list one has to be true as well
 */
record Filter(Map<String, List<String>> members, List<List<Filter>> alternatives) {
  static Filter of(BsonDocument document) {
    Filter filter = new Filter(new LinkedHashMap<>(), new ArrayList<>());
    document.forEach(filter::add);
    return filter;
  }

  private void add(String name, BsonValue value) {
    switch (name) {
      case "$and" -> value.asArray().forEach(one -> one.asDocument().forEach(this::add));
      case "$or" ->
          alternatives.add(
              value.asArray().stream().map(one -> Filter.of(one.asDocument())).toList());
      default -> members.put(name, operators(value));
    }
  }

  private static List<String> operators(BsonValue value) {
    return value.isDocument()
        ? value.asDocument().keySet().stream().filter(key -> key.startsWith("$")).toList()
        : List.of();
  }

  /** With what an alternative asks for in addition. */
  Filter and(Filter alternative) {
    Map<String, List<String>> both = new LinkedHashMap<>(members);
    both.putAll(alternative.members);
    return new Filter(both, alternative.alternatives);
  }

  /** One of a few values is as good to an index as one. */
  boolean isEqual(String member) {
    List<String> operators = members.get(member);
    return operators != null && (operators.isEmpty() || operators.equals(List.of("$in")));
  }

  boolean isRange(String member) {
    return members.getOrDefault(member, List.of()).stream()
        .anyMatch(operator -> operator.startsWith("$lt") || operator.startsWith("$gt"));
  }

  boolean isEmpty() {
    return members.isEmpty() && alternatives.isEmpty();
  }

  /** Such as {@code to, offset $gte $lt, (from | partition $ne)}. */
  @Override
  public String toString() {
    Stream<String> equal =
        members.entrySet().stream()
            .map(each -> String.join(" ", join(each.getKey(), each.getValue())));
    Stream<String> or =
        alternatives.stream()
            .map(all -> all.stream().map(Filter::toString).collect(joining(" \\| ", "(", ")")));
    return Stream.concat(equal, or).collect(joining(", "));
  }

  private static List<String> join(String member, List<String> operators) {
    List<String> all = new ArrayList<>(List.of(member));
    all.addAll(operators);
    return all;
  }
}

package courier.transfer;

import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.bson.Document;
import org.bson.types.Binary;

/**
 * What a line may be: the members a document needs, and those it may have, each of a type. A
 * document that is otherwise would fail whoever reads it later.
 *
 * @param types of the members that are known
 * @param needed those that have to be there
 * @param open whether others may be there too
 */
record Importable(Map<String, Class<?>> types, Set<String> needed, boolean open) {
  static final Importable MESSAGE =
      new Importable(
          Map.of(
              "_id", String.class,
              "from", String.class,
              "to", String.class,
              "message", String.class,
              "createdAt", Date.class,
              "partition", Integer.class,
              "offset", Long.class,
              "topicId", String.class,
              "asSent", String.class),
          Set.of("_id", "from", "to", "message", "createdAt", "partition", "offset"),
          true);

  static final Importable LETTER = new Importable(letter(), neededOfLetter(), false);

  private static Map<String, Class<?>> letter() {
    Map<String, Class<?>> types = new TreeMap<>();
    List.of(
            "_id state group reason exception message route step sender messageId editedId"
                .concat(" originalTopic topic topicId discardedFrom")
                .split(" "))
        .forEach(member -> types.put(member, String.class));
    List.of("failedAt", "firstFailedAt", "originalTimestamp")
        .forEach(member -> types.put(member, Date.class));
    List.of("replays", "originalPartition", "partition", "size")
        .forEach(member -> types.put(member, Integer.class));
    List.of("attempts", "originalOffset", "offset", "valueOmitted", "keyOmitted", "headersOmitted")
        .forEach(member -> types.put(member, Long.class));
    List.of("value", "key", "edited").forEach(member -> types.put(member, Binary.class));
    List.of("headers", "history", "tags", "notes").forEach(member -> types.put(member, List.class));
    types.put("held", Document.class);
    return types;
  }

  private static Set<String> neededOfLetter() {
    return Set.of(
        ("_id state group reason replays attempts failedAt firstFailedAt originalTimestamp topic"
                + " partition offset size headers history")
            .split(" "));
  }

  /** The document without members that are not known. */
  Document only(Document document) {
    Document known = new Document(document);
    known.keySet().retainAll(types.keySet());
    return known;
  }

  /**
   * @return the document, with whole numbers of the size that they are stored in
   * @throws WrongLine saying what of it cannot be
   */
  Document check(Document document) throws WrongLine {
    for (String member : needed) {
      if (document.get(member) == null) {
        throw new WrongLine("has no `%s`".formatted(member));
      }
    }
    for (Map.Entry<String, Object> member : document.entrySet()) {
      Class<?> type = types.get(member.getKey());
      if (type == null && !open) {
        throw new WrongLine("has `%s`, which is not known here".formatted(member.getKey()));
      }
      if (type == Long.class && member.getValue() instanceof Integer number) {
        member.setValue(number.longValue());
      }
      if (type != null && member.getValue() != null && !type.isInstance(member.getValue())) {
        throw new WrongLine(
            "has a `%s` that is no %s".formatted(member.getKey(), type.getSimpleName()));
      }
    }
    return document;
  }
}

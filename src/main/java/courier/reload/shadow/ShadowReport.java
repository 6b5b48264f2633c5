package courier.reload.shadow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What routes that run and a candidate would do with the same records. */
final class ShadowReport {
  private static final int MOST_DIFFERENCES = 5;

  private final String topic;
  private final Map<String, Integer> running = new TreeMap<>();
  private final Map<String, Integer> candidate = new TreeMap<>();
  private final ArrayNode differences = JsonNodeFactory.instance.arrayNode();
  private int records;
  private int different;

  ShadowReport(String topic) {
    this.topic = topic;
  }

  void add(ConsumerRecord<byte[], byte[]> record, List<String> now, List<String> then) {
    records++;
    now.forEach(line -> running.merge(kind(line), 1, Integer::sum));
    then.forEach(line -> candidate.merge(kind(line), 1, Integer::sum));
    if (now.equals(then)) {
      return;
    }
    different++;
    if (differences.size() < MOST_DIFFERENCES) {
      ObjectNode said = differences.addObject();
      said.put("partition", record.partition()).put("offset", record.offset());
      now.forEach(said.putArray("running")::add);
      then.forEach(said.putArray("candidate")::add);
    }
  }

  /** Such as {@code mongodb:mongo}, {@code commit} or {@code comes again:}. */
  private static String kind(String line) {
    return line.startsWith("comes again") ? "comes again" : line.split(" ", 2)[0];
  }

  /**
   * {@code {"topic","records","different","running":{"mongodb:mongo":8},"candidate":{…},
   * "differences":[{"partition","offset","running":["…"],"candidate":["…"]}]}}, the differences of
   * the first records that have any.
   */
  ObjectNode json() {
    ObjectNode said = JsonNodeFactory.instance.objectNode();
    said.put("topic", topic).put("records", records).put("different", different);
    count(running, said.putObject("running"));
    count(candidate, said.putObject("candidate"));
    said.set("differences", differences);
    return said;
  }

  private static void count(Map<String, Integer> kinds, ObjectNode into) {
    kinds.forEach(into::put);
  }
}

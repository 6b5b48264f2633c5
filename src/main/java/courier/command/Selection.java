package courier.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Which dead letters are meant, as the desk selects them. */
final class Selection {
  @Option(names = "--group", description = "those of this group")
  private String group;

  @Option(names = "--reason", description = "those that failed for this reason")
  private String reason;

  @Option(names = "--sender", paramLabel = "NAME", description = "those of this sender")
  private String sender;

  @Option(names = "--tag", description = "those with this tag")
  private String tag;

  @Option(names = "--since", paramLabel = "TIME", description = "those that failed then or later")
  private String since;

  @Option(names = "--until", paramLabel = "TIME", description = "those that failed before")
  private String until;

  private Map<String, String> said() {
    Map<String, String> said = new LinkedHashMap<>();
    said.put("group", group);
    said.put("reason", reason);
    said.put("sender", sender);
    said.put("tag", tag);
    said.put("since", since);
    said.put("until", until);
    said.values().removeIf(value -> value == null);
    return said;
  }

  boolean isEmpty() {
    return said().isEmpty();
  }

  /** As parameters of an address, each with {@code &} before it. */
  String query() {
    return said().entrySet().stream()
        .map(each -> "&" + each.getKey() + "=" + RemoteCommand.encoded(each.getValue()))
        .collect(Collectors.joining());
  }

  ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    said().forEach(json::put);
    return json;
  }
}

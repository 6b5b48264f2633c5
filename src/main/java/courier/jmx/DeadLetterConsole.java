package courier.jmx;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.StaticService;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.support.service.ServiceSupport;

/** The dead-letter desk in a JMX console: the same as over HTTP, by the same routes. */
@ManagedResource(description = "Dead letters: what failed, and once more")
public final class DeadLetterConsole extends ServiceSupport implements StaticService {
  private static final String BY_CONSOLE = "{\"by\":\"JMX\"}";

  private final RouteCall routes;

  public DeadLetterConsole(CamelContext context) {
    routes = new RouteCall(context);
  }

  @ManagedOperation(description = "Dead letters by step and reason, with counts by state")
  public Object groups() {
    return routes.ask("list-dead-letter-groups", Map.of(), null);
  }

  @ManagedOperation(description = "A dead letter by its id: its reason, its history, its bytes")
  public Object find(String id) {
    return routes.ask("get-dead-letter", Map.of("id", id), null);
  }

  @ManagedOperation(description = "The first dead letters in which a text is, in two seconds")
  public Object search(String text) {
    return routes.ask("list-dead-letters", Map.of("q", text), null);
  }

  @ManagedOperation(
      description = "Sends a dead letter to the topic it is from once more, by its id")
  public Object replay(String id) {
    return routes.ask("replay-dead-letter", Map.of("id", id), BY_CONSOLE);
  }

  @ManagedOperation(description = "Sets a dead letter aside, by its id")
  public Object discard(String id) {
    return routes.ask("discard-dead-letter", Map.of("id", id), BY_CONSOLE);
  }

  @ManagedOperation(description = "Takes back that a dead letter was discarded, by its id")
  public Object undo(String id) {
    return routes.ask("undo-discard", Map.of("id", id), BY_CONSOLE);
  }

  @ManagedOperation(description = "Holds a dead letter back, by its id; why may be empty")
  public Object hold(String id, String why) {
    return routes.ask("hold-dead-letter", Map.of("id", id), said("why", why));
  }

  @ManagedOperation(description = "Takes back that a dead letter is on hold, by its id")
  public Object release(String id) {
    return routes.ask("release-dead-letter", Map.of("id", id), BY_CONSOLE);
  }

  @ManagedOperation(description = "Gives a dead letter a tag, by its id")
  public Object tag(String id, String tag) {
    return routes.ask("tag-dead-letter", Map.of("id", id), tags("add", tag));
  }

  @ManagedOperation(description = "Takes a tag from a dead letter, by its id")
  public Object untag(String id, String tag) {
    return routes.ask("tag-dead-letter", Map.of("id", id), tags("remove", tag));
  }

  @ManagedOperation(description = "Notes something about a dead letter, by its id")
  public Object note(String id, String text) {
    return routes.ask("note-dead-letter", Map.of("id", id), said("text", text));
  }

  @ManagedOperation(description = "Holds a group back, with what comes later; why may be empty")
  public Object holdGroup(String group, String why) {
    return routes.ask("hold-dead-letter-group", Map.of("id", group), said("why", why));
  }

  @ManagedOperation(description = "Takes back that a group is on hold")
  public Object releaseGroup(String group) {
    return routes.ask("release-dead-letter-group", Map.of("id", group), BY_CONSOLE);
  }

  @ManagedOperation(description = "Gives a group, and all its letters, a tag")
  public Object tagGroup(String group, String tag) {
    return routes.ask("tag-dead-letter-group", Map.of("id", group), tags("add", tag));
  }

  @ManagedOperation(description = "Takes a tag from a group, and from all its letters")
  public Object untagGroup(String group, String tag) {
    return routes.ask("tag-dead-letter-group", Map.of("id", group), tags("remove", tag));
  }

  @ManagedOperation(description = "Notes something about a group")
  public Object noteGroup(String group, String text) {
    return routes.ask("note-dead-letter-group", Map.of("id", group), said("text", text));
  }

  private static String said(String member, String text) {
    ObjectNode said = JsonNodeFactory.instance.objectNode().put("by", "JMX");
    return (text == null || text.isEmpty() ? said : said.put(member, text)).toString();
  }

  private static String tags(String member, String tag) {
    ObjectNode said = JsonNodeFactory.instance.objectNode().put("by", "JMX");
    said.putArray(member).add(tag);
    return said.toString();
  }
}

package courier.reload.desk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import courier.failure.Reason;
import courier.http.QueryParameter;
import courier.http.Refusal;
import courier.http.body.JsonBody;
import courier.reload.shadow.Shadow;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.camel.Header;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows what a route file would do otherwise with another text, without that anything is done. */
public final class RouteShadow {
  private static final int MOST_RECORDS = 1000;
  private static final int RECORDS = 100;

  private static final Logger LOG = LoggerFactory.getLogger(RouteShadow.class);

  private final RouteDesk desk;
  private final Shadow shadow;
  private final boolean open;

  /**
   * @param mode of the property {@code auth.mode}
   */
  public RouteShadow(RouteDesk desk, String mode) {
    this.desk = desk;
    open = mode.equals("none-on-the-network");
    shadow = new Shadow(desk.context());
  }

  /**
   * Answers with what runs and the candidate would do with the last {@code ?limit=} records, 100
   * unless it is said, 1000 at most ({@link Shadow}). The candidate is code, which no stranger may
   * have run here.
   *
   * @throws Refusal 404 for a file that is not known, 409 for a candidate that cannot be live, or
   *     to which no record comes, 403 where anybody of the network may ask
   */
  public void run(Message request, @Header("file") String name, @Header("limit") Object limit) {
    if (open) {
      throw new Refusal(
          403, "A route file is code, and anybody may ask here: set auth.mode=jwt to try one.");
    }
    Path file = desk.known().file(name);
    Integer asked = QueryParameter.limit(limit, MOST_RECORDS);
    int records = asked == null ? RECORDS : asked;
    byte[] body = request.getBody(byte[].class);
    if (body == null || body.length == 0) {
      throw new Refusal(400, "Send the text of the route file, as application/yaml.");
    }
    String candidate = new String(body, StandardCharsets.UTF_8);
    desk.known().check(file, candidate);
    String said = shadow(file, candidate, records).put("file", name).toString();
    JsonBody.write(request, said.getBytes(StandardCharsets.UTF_8));
  }

  private ObjectNode shadow(Path file, String candidate, int records) {
    try {
      return shadow.run(desk.texts(), file, candidate, records);
    } catch (Refusal e) {
      throw e;
    } catch (Exception e) {
      LOG.warn("{} cannot run without effects", file, e);
      throw new Refusal(409, "It cannot run without effects here: " + Reason.of(e));
    }
  }
}

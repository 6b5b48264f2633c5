package courier.reload.desk;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import courier.failure.Reason;
import courier.http.Refusal;
import courier.http.body.JsonBody;
import courier.http.body.JsonSchema;
import courier.reload.version.Version;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Message;
import org.apache.camel.Variable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes an earlier version of a route file back, from where it goes live as any save does. */
public final class Rollback {
  private static final Logger LOG = LoggerFactory.getLogger(Rollback.class);

  private final KnownFiles known;
  private final JsonSchema schema;

  /**
   * @param schema the file of the JSON schema of a request's body
   */
  public Rollback(RouteDesk desk, String schema) {
    known = desk.known();
    this.schema = new JsonSchema(schema);
  }

  /**
   * Answers with 202 and {@code {"file","version"}} when the file is written; it is live, or
   * refused, within a second, which {@code GET /routes/{file}} says.
   *
   * @throws Refusal 404 for a file or version that is not known, 409 for one that cannot be live or
   *     cannot be written
   */
  public void write(Message request, @Header("file") String name, @Variable("by") String by) {
    ObjectNode sent = JsonBody.read(request, schema);
    Path file = known.file(name);
    Version version =
        sent.has("version")
            ? known.version(file, sent.get("version").intValue())
            : known.versionBefore(file);
    write(known, file, version, by == null ? sent.path("by").asText("somebody") : by);
    request.removeHeaders("*");
    request.setHeader(Exchange.HTTP_RESPONSE_CODE, 202);
    ObjectNode said =
        JsonNodeFactory.instance.objectNode().put("file", name).put("version", version.number());
    JsonBody.write(request, said.toString().getBytes(StandardCharsets.UTF_8));
  }

  /**
   * @throws Refusal 409
   */
  static void write(KnownFiles known, Path file, Version version, String by) {
    known.check(file, version.text());
    write(file, version.text());
    LOG.info("{} is written as in version {} by {}", file, version.number(), by);
  }

  /** In one move, so that nobody reads half of it. */
  private static void write(Path file, String text) {
    try {
      Path there = Files.exists(file) ? file.toRealPath() : file;
      Path next = there.resolveSibling("." + there.getFileName() + ".next");
      Files.writeString(next, text);
      Files.move(next, there, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new Refusal(
          409,
          "The file cannot be written here (%s): change it where it comes from."
              .formatted(Reason.of(e)));
    }
  }
}

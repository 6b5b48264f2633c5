package courier.reload.desk;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import courier.failure.Reason;
import courier.http.Refusal;
import courier.http.body.JsonBody;
import courier.reload.Origin;
import courier.reload.RouteFolder;
import courier.reload.save.SavedRoutes;
import courier.reload.version.Version;
import courier.reload.version.VersionLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.CamelContext;
import org.apache.camel.Header;
import org.apache.camel.Message;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;

/** The route files of a service as people see them: what runs, and what was saved before. */
public final class RouteDesk {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final CamelContext context;
  private final RouteFolder folder;
  private final SavedRoutes saved;
  private final VersionLog versions;

  public RouteDesk(
      CamelContext context, RouteFolder folder, SavedRoutes saved, VersionLog versions) {
    this.context = context;
    this.folder = folder;
    this.saved = saved;
    this.versions = versions;
  }

  /**
   * Answers with {@code [{"file","shared","routes":["…"],"running","time","result","why"}]}: {@code
   * running} is the number of the version that runs, the rest is said of the last one. Files that
   * are gone are among them as long as their versions are kept.
   */
  public void list(Message answer) {
    ArrayNode all = JSON.arrayNode();
    for (Path file : files()) {
      ObjectNode said = all.addObject();
      said.put("file", name(file)).put("shared", isShared(file));
      ArrayNode routes = said.putArray("routes");
      routes(file).forEach(routes::add);
      new VersionsJson(versions.of(file), saved.text(file)).last(said);
    }
    write(answer, all.toString());
  }

  /**
   * Answers with {@code {"file","running","versions":[{"version","time","result","why",
   * "difference"}]}}, the newest first; each difference is what is other than in the version
   * before, as {@code diff -u} says it.
   *
   * @throws Refusal 404
   */
  public void versions(Message answer, @Header("file") String name) {
    Path file = file(name);
    ObjectNode said = JSON.objectNode().put("file", name(file));
    new VersionsJson(versions.of(file), saved.text(file)).list(said);
    write(answer, said.toString());
  }

  private List<String> routes(Path file) {
    return context
        .getCamelContextExtension()
        .getContextPlugin(Model.class)
        .getRouteDefinitions()
        .stream()
        .filter(route -> file.equals(Origin.of(route)))
        .map(RouteDefinition::getRouteId)
        .toList();
  }

  private Set<Path> files() {
    Set<Path> files = new TreeSet<>(folder.files());
    files.addAll(versions.files(folder.path()));
    return files;
  }

  /**
   * The file of this name; if the service has one and all share another, its own.
   *
   * @throws Refusal 404
   */
  Path file(String name) {
    return files().stream()
        .filter(file -> name(file).equals(name))
        .min((one, other) -> Boolean.compare(isShared(one), isShared(other)))
        .orElseThrow(
            () -> new Refusal(404, "There is no route file of this name: GET /routes has them."));
  }

  /**
   * @throws Refusal 404
   */
  Version version(Path file, int number) {
    return versions.of(file).stream()
        .filter(version -> version.number() == number && version.text() != null)
        .findFirst()
        .orElseThrow(
            () -> new Refusal(404, "There is no text of this version: GET /routes/{file} has it."));
  }

  /**
   * What runs, if the file is otherwise by now; else what ran before.
   *
   * @throws Refusal 409 if there is none
   */
  Version versionBefore(Path file) {
    String text = saved.text(file);
    boolean undone = saved.isRefused(file);
    return versions.of(file).stream()
        .filter(Version::wasLive)
        .filter(version -> version.text().equals(text) == undone)
        .reduce((one, later) -> later)
        .orElseThrow(() -> new Refusal(409, "There is no version before this one."));
  }

  /**
   * @throws Refusal 409 when a file with this text could not be live
   */
  void check(Path file, String text) {
    try {
      saved.check(file, text);
    } catch (Exception e) {
      throw new Refusal(409, "That cannot be live now: " + Reason.of(e));
    }
  }

  /** Those that run, of all files. */
  Map<Path, String> texts() {
    return saved.texts();
  }

  CamelContext context() {
    return context;
  }

  private boolean isShared(Path file) {
    return folder.shared().equals(file.getParent());
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  private static void write(Message answer, String json) {
    JsonBody.write(answer, json.getBytes(StandardCharsets.UTF_8));
  }
}

package courier.reload.desk;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import courier.http.Refusal;
import courier.http.body.JsonBody;
import courier.reload.Origin;
import courier.reload.RouteFolder;
import courier.reload.save.SavedRoutes;
import courier.reload.version.VersionLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Header;
import org.apache.camel.Message;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;

/** The route files of a service as people see them: what runs, and what was saved before. */
public final class RouteDesk {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final CamelContext context;
  private final KnownFiles known;

  public RouteDesk(
      CamelContext context, RouteFolder folder, SavedRoutes saved, VersionLog versions) {
    this.context = context;
    known = new KnownFiles(folder, saved, versions);
  }

  /**
   * Answers with {@code [{"file","shared","routes":["…"],"running","time","result","why"}]}: {@code
   * running} is the number of the version that runs, the rest is said of the last one. Files that
   * are gone are among them as long as their versions are kept.
   */
  public void list(Message answer) {
    write(answer, list());
  }

  String list() {
    ArrayNode all = JSON.arrayNode();
    for (Path file : known.all()) {
      ObjectNode said = all.addObject();
      said.put("file", KnownFiles.name(file)).put("shared", known.isShared(file));
      ArrayNode routes = said.putArray("routes");
      routes(file).forEach(routes::add);
      new VersionsJson(known.versions(file), known.saved().text(file)).last(said);
    }
    return all.toString();
  }

  /**
   * Answers with {@code {"file","running","versions":[{"version","time","result","why",
   * "difference"}]}}, the newest first; each difference is what is other than in the version
   * before, as {@code diff -u} says it.
   *
   * @throws Refusal 404
   */
  public void versions(Message answer, @Header("file") String name) {
    write(answer, versions(name));
  }

  /**
   * Answers with {@code {"file","running","text"}}: the text that runs.
   *
   * @throws Refusal 404, also for a file of which nothing runs
   */
  public void text(Message answer, @Header("file") String name) {
    Path file = known.file(name);
    String text = known.saved().text(file);
    if (text == null) {
      throw new Refusal(404, "Nothing of this file runs.");
    }
    ObjectNode said = JSON.objectNode().put("file", KnownFiles.name(file));
    new VersionsJson(known.versions(file), text).addRunning(said);
    write(answer, said.put("text", text).toString());
  }

  String versions(String name) {
    Path file = known.file(name);
    ObjectNode said = JSON.objectNode().put("file", KnownFiles.name(file));
    new VersionsJson(known.versions(file), known.saved().text(file)).list(said);
    return said.toString();
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

  KnownFiles known() {
    return known;
  }

  /** Those that run, of all files. */
  Map<Path, String> texts() {
    return known.saved().texts();
  }

  CamelContext context() {
    return context;
  }

  private static void write(Message answer, String json) {
    JsonBody.write(answer, json.getBytes(StandardCharsets.UTF_8));
  }
}

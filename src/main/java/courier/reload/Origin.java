package courier.reload;

import java.nio.file.Path;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.ResourceHelper;

/** The file that a route is from. */
public final class Origin {
  private static final String SCHEME = "file:";

  private Origin() {}

  /** Null for a route that is from no file. */
  public static Path of(RouteDefinition route) {
    Resource resource = route.getResource();
    return resource == null || !resource.getLocation().startsWith(SCHEME)
        ? null
        : Path.of(resource.getLocation().substring(SCHEME.length()));
  }

  /** A file with another text than it may have by now. */
  public static Resource resource(Path file, String text) {
    return ResourceHelper.fromString(SCHEME + file, text);
  }
}

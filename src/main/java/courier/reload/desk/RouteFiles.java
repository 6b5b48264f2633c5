package courier.reload.desk;

import courier.reload.version.Version;
import java.nio.file.Path;
import org.apache.camel.StaticService;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.support.service.ServiceSupport;

/** {@link RouteDesk} in the JMX console. */
@ManagedResource(description = "The route files of this service: what runs, what was saved before")
public final class RouteFiles extends ServiceSupport implements StaticService {
  private final RouteDesk desk;
  private final KnownFiles known;

  public RouteFiles(RouteDesk desk) {
    this.desk = desk;
    known = desk.known();
  }

  @ManagedAttribute(description = "The files whose last save is not live, separated by commas")
  public String getRefused() {
    return known.refused();
  }

  @ManagedOperation(description = "The route files, as GET /routes has them")
  public String list() {
    return desk.list();
  }

  @ManagedOperation(description = "The last versions of a file, as GET /routes/{file} has them")
  public String versions(String file) {
    return desk.versions(file);
  }

  @ManagedOperation(
      description = "What is wrong with a file as it is on the disk; empty is nothing")
  public String check(String file) {
    return known.problem(known.file(file));
  }

  @ManagedOperation(description = "Starts the routes of a file anew, as it is on the disk")
  public void startAnew(String file) {
    known.saved().startAnew(known.file(file));
  }

  @ManagedOperation(
      description = "Writes a version of a file back; 0 is what runs, or else what ran before")
  public void rollBack(String file, int version) {
    Path path = known.file(file);
    Version back = version == 0 ? known.versionBefore(path) : known.version(path, version);
    Rollback.write(known, path, back, "the JMX console");
  }
}

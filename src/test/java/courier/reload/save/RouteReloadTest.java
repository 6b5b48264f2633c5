package courier.reload.save;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is looked at, one look after the other. */
class RouteReloadTest {
  private static final String ROUTE = KindsOfSaveTest.route("hello", "- setBody: {constant: one}");

  @TempDir private Path routes;

  @Test
  void aFileThatIsAwayWhileTheServiceStartsComesBack() throws Exception {
    try (RouteServiceFixture service =
        new RouteServiceFixture(routes, Map.of("hello.camel.yaml", ROUTE))) {
      RouteReload reload = new RouteReload(service.context, service.folder, service.saved);
      Path file = service.path("hello.camel.yaml");
      Path away = Files.move(file, file.resolveSibling("away"));
      look(reload, service, Set.of());

      Files.move(away, file);
      look(reload, service, Set.of("hello"));
    }
  }

  /** Until these routes run, and no further. */
  private static void look(RouteReload reload, RouteServiceFixture service, Set<String> routes) {
    for (int looks = 0; looks < 10 && !service.routes().equals(routes); looks++) {
      reload.look();
    }
    assertEquals(routes, service.routes());
  }
}

package courier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import courier.config.Settings;
import courier.config.StartupException;
import courier.reload.RouteFolder;
import courier.reload.save.RoutesAtStart;
import courier.reload.version.VersionLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainConfigurationProperties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServicePropertiesTest {
  @TempDir private Path folder;

  @BeforeEach
  void makeAService() throws Exception {
    Files.createDirectories(folder.resolve("routes/client-a"));
    Files.copy(Path.of("application.properties"), folder.resolve("application.properties"));
  }

  /** Of Courier's configuration with this line at its end. */
  private ServiceProperties properties(String line) throws Exception {
    Path file = folder.resolve("application.properties");
    Files.writeString(file, Files.readString(file) + "\n" + line + "\n");
    RouteFolder routes = RouteFolder.all(folder.resolve("routes")).get(0);
    VersionLog versions = new VersionLog(folder, routes.shared(), Clock.systemUTC());
    Settings settings = Settings.load(folder, Map.of());
    RoutesAtStart start = RoutesAtStart.of(routes, versions);
    return new ServiceProperties(start, settings, new Doors(settings));
  }

  /** What Camel makes of it. */
  private MainConfigurationProperties camel(String line) throws Exception {
    ServiceProperties properties = properties(line);
    Main main = new Main();
    try {
      main.setPropertyPlaceholderLocations("false");
      main.setInitialProperties(properties.all());
      main.init();
      properties.requireOwnServers(main.configure());
      return main.configure();
    } finally {
      main.stop();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "camel.server.host=0.0.0.0, set http.host instead.",
    "camel.management.host=0.0.0.0, set http.host instead.",
    "camel.server.port=8080, set client-a.http.port instead.",
    "camel.management.port=8080, set client-a.management.port instead.",
    "camel.server.enabled=false, 'take it out, a service is asked over HTTP.'",
    "camel.management.enabled=false, 'take it out, a service is asked over HTTP.'",
    "camel.server.path=/api, 'take it out, and let a proxy move the paths.'",
    "camel.server.maxBodySize=64KB, 'give a number of bytes, without unit.'",
    "camel.server.max-body-size=64KB, 'give a number of bytes, without unit.'",
  })
  void whatWouldMoveTheServersIsRefused(String line, String advice) {
    String refusal = assertThrows(StartupException.class, () -> camel(line)).getMessage();

    String key = line.replaceFirst("=.*", "").replace("max-body-size", "maxBodySize");
    assertEquals(key, refusal.substring(0, key.length()), refusal);
    assertEquals(advice, refusal.substring(refusal.length() - advice.length()), refusal);
  }

  @Test
  void aKeyInEitherSpellingBeatsTheDefault() throws Exception {
    assertEquals(100_000, camel("camel.server.max-body-size=100000").httpServer().getMaxBodySize());
    assertEquals(3, camel("camel.main.shutdown-timeout=3").getShutdownTimeout());
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.2, http://127.0.0.2:3000",
    "0.0.0.0, http://localhost:3000",
    "::1, http://[::1]:3000",
    "[::1], http://[::1]:3000",
    "::, http://localhost:3000",
  })
  void aBrowserFindsItAtEachAddress(String host, String url) throws Exception {
    assertEquals(url, properties("http.host=" + host).url("http"));
  }
}

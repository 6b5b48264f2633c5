package courier;

import courier.config.LimitSettings;
import courier.config.Settings;
import courier.config.StartupException;
import courier.config.TlsSettings;
import courier.reload.RouteFolder;
import courier.reload.save.RoutesAtStart;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Properties;
import org.apache.camel.main.HttpManagementServerConfigurationProperties;
import org.apache.camel.main.HttpServerConfigurationProperties;
import org.apache.camel.main.MainConfigurationProperties;
import org.apache.camel.util.StringHelper;

/** What a service tells Camel, and where it listens. */
record ServiceProperties(RoutesAtStart routes, Settings settings, Doors doors) {
  /** The property of the port of {@code http}, {@code management} or {@code socketio}. */
  String key(String listener) {
    return routes.folder().service() + "." + listener + ".port";
  }

  private int port(String listener) {
    return settings.port(key(listener));
  }

  InetSocketAddress address(String host, String listener) {
    return new InetSocketAddress(host, port(listener));
  }

  Properties all() throws IOException {
    Properties properties = new Properties();
    try (InputStream defaults =
        ServiceProperties.class.getResourceAsStream("/service.properties")) {
      properties.load(defaults);
    }
    Properties own = settings.asProperties();
    // Camel takes max-body-size for maxBodySize too, and of both any.
    own.stringPropertyNames().forEach(key -> properties.remove(StringHelper.dashToCamelCase(key)));
    properties.putAll(own);
    RouteFolder folder = routes.folder();
    properties.setProperty("service.name", folder.service());
    properties.setProperty("service.url", url("http"));
    properties.setProperty("service.http.port", settings.get(key("http")));
    properties.setProperty("service.management.port", settings.get(key("management")));
    properties.setProperty("routes.folder", folder.path().toString());
    properties.setProperty("routes.shared", folder.shared().toString());
    if (routes.uses("kafka:")) {
      // Camel looks for it only where no option of the component is set.
      properties.setProperty(
          "camel.component.kafka.kafkaClientFactory", "#bean:kafkaClientFactory");
    }
    if (routes.uses("socketio:")) {
      properties.setProperty("camel.component.socketio.port", settings.get(key("socketio")));
      doors.askSockets(properties);
      LimitSettings.tellSockets(settings, properties);
      String origins = properties.getProperty("http.cors.origins", "").strip();
      // Of who comes by the HTTP port its server has decided, and of who comes here only the page
      // is known.
      properties.setProperty(
          "camel.component.socketio.origin", origins.isEmpty() ? url("http") : origins);
    }
    return properties;
  }

  /**
   * Camel's keys for its servers may come by files, the environment or the command line, and would
   * open to the network what {@code http.host} keeps to this machine.
   *
   * @throws StartupException when one says otherwise than Courier's own
   */
  void requireOwnServers(MainConfigurationProperties camel) {
    HttpServerConfigurationProperties server = camel.httpServer();
    String every = "take it out, a service is asked over HTTP.";
    require("camel.server.enabled", server.isEnabled(), true, every);
    require(
        "camel.server.host", server.getHost(), settings.get("http.host"), "set http.host instead.");
    require(
        "camel.server.port", server.getPort(), port("http"), "set " + key("http") + " instead.");
    String path = "take it out, and let a proxy move the paths.";
    require("camel.server.path", Objects.requireNonNullElse(server.getPath(), "/"), "/", path);
    if (server.getMaxBodySize() == null || server.getMaxBodySize() <= 0) {
      throw new StartupException("camel.server.maxBodySize: give a number of bytes, without unit.");
    }
    HttpManagementServerConfigurationProperties management = camel.httpManagementServer();
    String own = "set " + key("management") + " instead.";
    require("camel.management.enabled", management.isEnabled(), true, every);
    require(
        "camel.management.host",
        management.getHost(),
        settings.get("http.host"),
        "set http.host instead.");
    require("camel.management.port", management.getPort(), port("management"), own);
  }

  private void require(String key, Object said, Object here, String advice) {
    if (!here.equals(said)) {
      throw new StartupException(
          "%s is %s where %s has %s: %s"
              .formatted(key, said, routes.folder().service(), here, advice));
    }
  }

  /** Where a browser on this machine finds it. */
  String url(String listener) {
    String host = settings.get("http.host").replaceAll("[\\[\\]]", "");
    if (host.equals("0.0.0.0") || host.equals("::")) {
      host = "localhost";
    }
    return TlsSettings.scheme(settings)
        + "://"
        + (host.contains(":") ? "[" + host + "]" : host)
        + ":"
        + port(listener);
  }
}

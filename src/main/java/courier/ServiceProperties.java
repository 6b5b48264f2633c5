package courier;

import courier.config.LimitSettings;
import courier.config.Settings;
import courier.config.TlsSettings;
import courier.reload.RouteFolder;
import courier.reload.save.RoutesAtStart;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.util.Properties;

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
    properties.putAll(settings.asProperties());
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

  /** Where a browser on this machine finds it. */
  String url(String listener) {
    String host = settings.get("http.host");
    return TlsSettings.scheme(settings)
        + "://"
        + (host.equals("0.0.0.0") ? "localhost" : host)
        + ":"
        + port(listener);
  }
}

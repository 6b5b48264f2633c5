package courier.socketio.server;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.listener.ConnectListener;
import courier.socketio.guard.Doorkeeper;
import courier.socketio.guard.SocketioLimits;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** The server's options; they belong to the component, as its endpoints share one server. */
@UriParams
public class SocketioConfiguration extends SocketioLimits {
  @UriParam(
      defaultValue = "localhost",
      description = "Host name or address to listen on; 0.0.0.0 is every interface.")
  private String host = "localhost";

  @UriParam(defaultValue = "3002", description = "TCP port to listen on.")
  private int port = 3002;

  @UriParam(
      defaultValue = "*",
      description =
          "The web origins whose pages may connect, with commas, such as https://example.org; an"
              + " asterisk is any, without credentials.")
  private String origin = "*";

  @UriParam(
      defaultValue = "websocket,polling",
      description = "Transports that clients may use, separated by commas.")
  private String transports = "websocket,polling";

  @UriParam(
      defaultValue = "25000",
      javaType = "java.time.Duration",
      description = "How often a client is pinged.")
  private long pingInterval = 25_000;

  @UriParam(
      defaultValue = "20000",
      javaType = "java.time.Duration",
      description = "How long after a missing ping the connection counts as lost.")
  private long pingTimeout = 20_000;

  @UriParam(
      label = "advanced",
      defaultValue = "16",
      description =
          "Threads that handle the events of all clients. Those of one client are handled one after"
              + " the other, and those of one address by a quarter of the threads.")
  private int workers = 16;

  @UriParam(
      label = "advanced",
      description = "Called with each new client, for example to let it join a room.")
  private ConnectListener connectListener;

  @UriParam(
      label = "security",
      description =
          "Asks each client that connects for auth.token, and says who it is; without one nobody is"
              + " asked.")
  private Doorkeeper doorkeeper;

  @UriParam(
      label = "advanced",
      description =
          "A netty-socketio configuration to start from, for what has no option here (TLS,"
              + " compression, threads). The options here win.")
  private Configuration serverConfiguration;

  public String getHost() {
    return host;
  }

  public void setHost(String host) {
    this.host = host;
  }

  public int getPort() {
    return port;
  }

  public void setPort(int port) {
    this.port = port;
  }

  public String getOrigin() {
    return origin;
  }

  public void setOrigin(String origin) {
    this.origin = origin;
  }

  public String getTransports() {
    return transports;
  }

  public void setTransports(String transports) {
    this.transports = transports;
  }

  public long getPingInterval() {
    return pingInterval;
  }

  public void setPingInterval(long pingInterval) {
    this.pingInterval = pingInterval;
  }

  public long getPingTimeout() {
    return pingTimeout;
  }

  public void setPingTimeout(long pingTimeout) {
    this.pingTimeout = pingTimeout;
  }

  public int getWorkers() {
    return workers;
  }

  public void setWorkers(int workers) {
    this.workers = workers;
  }

  public ConnectListener getConnectListener() {
    return connectListener;
  }

  public void setConnectListener(ConnectListener connectListener) {
    this.connectListener = connectListener;
  }

  public Doorkeeper getDoorkeeper() {
    return doorkeeper;
  }

  public void setDoorkeeper(Doorkeeper doorkeeper) {
    this.doorkeeper = doorkeeper;
  }

  public Configuration getServerConfiguration() {
    return serverConfiguration;
  }

  public void setServerConfiguration(Configuration serverConfiguration) {
    this.serverConfiguration = serverConfiguration;
  }
}

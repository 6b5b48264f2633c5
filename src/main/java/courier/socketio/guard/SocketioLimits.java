package courier.socketio.guard;

import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** What a client may cost the server. */
@UriParams
public class SocketioLimits extends CatchUpLimits {
  @UriParam(
      label = "security",
      defaultValue = "65536",
      description =
          "Largest WebSocket message taken from a client, in bytes: over it the connection is closed"
              + " (1009). A longer one to a client is sent in fragments.")
  private int maxFramePayloadLength = 64 * 1024;

  @UriParam(
      label = "security",
      defaultValue = "4194304",
      description =
          "Bytes that may wait for one slow client besides the largest message: over it the"
              + " connection is closed (1013). It is the bound of the server's memory per client.")
  private int maxPendingBytes = 4 * 1024 * 1024;

  @UriParam(
      label = "security",
      defaultValue = "10000",
      description =
          "Sessions that one address, or IPv6 network of 64 bits, may have: over it a handshake is"
              + " answered with 429.")
  private int maxConnectionsPerAddress = 10_000;

  @UriParam(
      label = "security",
      defaultValue = "0",
      description =
          "Connections of one person that get the events of a log: of a name, or of who has shown to"
              + " be somebody; over it a CONNECT is refused. 0 is as many as come.")
  private int maxConnectionsPerPerson;

  @UriParam(
      label = "security",
      defaultValue = "2000",
      description =
          "Handshakes a second that one address, or IPv6 network of 64 bits, may make: over it they"
              + " are answered with 429.")
  private int maxHandshakesPerSecond = 2_000;

  @UriParam(
      label = "security",
      defaultValue = "10000",
      javaType = "java.time.Duration",
      description =
          "How long a client may take for its request, again for its CONNECT, and again for its"
              + " upgrade from polling to a WebSocket, before the connection is closed.")
  private long connectTimeout = 10_000;

  @UriParam(
      label = "security",
      defaultValue = "100",
      description =
          "Events a second, attachments included, that are read of a client which emits more; 16 KiB"
              + " of an event, or of its answer, count as one more, and so does 0.25 ms that the"
              + " server computes for it. One that polls is closed when it"
              + " is 5 s ahead, and any where no route takes events (1008).")
  private int maxEventsPerSecond = 100;

  @UriParam(
      label = "security",
      defaultValue = "1000",
      description =
          "The same for all clients of one address, or IPv6 network of 64 bits, together.")
  private int maxEventsPerSecondPerAddress = 1_000;

  @UriParam(
      label = "security",
      defaultValue = "16777216",
      description =
          "Bytes of events that may wait for their turn, of all clients, and half of it of those of"
              + " one address: over it the connection that the next one comes from is closed (1013).")
  private int maxEventBytes = 16 * 1024 * 1024;

  @UriParam(
      label = "security",
      defaultValue = "100",
      description =
          "Packets and frames a second that a client may send which are no events, such as pings:"
              + " over it the connection is closed (1008).")
  private int maxPacketsPerSecond = 100;

  @UriParam(
      label = "security",
      defaultValue = "16384",
      description =
          "Longest CONNECT, with what the client says about itself, in bytes: over it the"
              + " connection is closed (1009).")
  private int maxConnectLength = 16 * 1024;

  public int getMaxFramePayloadLength() {
    return maxFramePayloadLength;
  }

  public void setMaxFramePayloadLength(int maxFramePayloadLength) {
    this.maxFramePayloadLength = maxFramePayloadLength;
  }

  public int getMaxPendingBytes() {
    return maxPendingBytes;
  }

  public void setMaxPendingBytes(int maxPendingBytes) {
    this.maxPendingBytes = maxPendingBytes;
  }

  public int getMaxConnectionsPerAddress() {
    return maxConnectionsPerAddress;
  }

  public void setMaxConnectionsPerAddress(int maxConnectionsPerAddress) {
    this.maxConnectionsPerAddress = maxConnectionsPerAddress;
  }

  public int getMaxConnectionsPerPerson() {
    return maxConnectionsPerPerson;
  }

  public void setMaxConnectionsPerPerson(int maxConnectionsPerPerson) {
    this.maxConnectionsPerPerson = maxConnectionsPerPerson;
  }

  public int getMaxHandshakesPerSecond() {
    return maxHandshakesPerSecond;
  }

  public void setMaxHandshakesPerSecond(int maxHandshakesPerSecond) {
    this.maxHandshakesPerSecond = maxHandshakesPerSecond;
  }

  public long getConnectTimeout() {
    return connectTimeout;
  }

  public void setConnectTimeout(long connectTimeout) {
    this.connectTimeout = connectTimeout;
  }

  public int getMaxEventsPerSecond() {
    return maxEventsPerSecond;
  }

  public void setMaxEventsPerSecond(int maxEventsPerSecond) {
    this.maxEventsPerSecond = maxEventsPerSecond;
  }

  public int getMaxEventsPerSecondPerAddress() {
    return maxEventsPerSecondPerAddress;
  }

  public void setMaxEventsPerSecondPerAddress(int maxEventsPerSecondPerAddress) {
    this.maxEventsPerSecondPerAddress = maxEventsPerSecondPerAddress;
  }

  public int getMaxEventBytes() {
    return maxEventBytes;
  }

  public void setMaxEventBytes(int maxEventBytes) {
    this.maxEventBytes = maxEventBytes;
  }

  public int getMaxPacketsPerSecond() {
    return maxPacketsPerSecond;
  }

  public void setMaxPacketsPerSecond(int maxPacketsPerSecond) {
    this.maxPacketsPerSecond = maxPacketsPerSecond;
  }

  public int getMaxConnectLength() {
    return maxConnectLength;
  }

  public void setMaxConnectLength(int maxConnectLength) {
    this.maxConnectLength = maxConnectLength;
  }
}

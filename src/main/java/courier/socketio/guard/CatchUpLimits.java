package courier.socketio.guard;

import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** What all clients together may cost that catch up with the events they have missed. */
@UriParams
public class CatchUpLimits {
  @UriParam(
      label = "advanced",
      defaultValue = "4",
      description =
          "How many clients may have what they missed read from the store at a time, when many"
              + " come back at once; those of one address no more than half of it.")
  private int recoveries = 4;

  @UriParam(
      label = "security",
      defaultValue = "33554432",
      description =
          "Bytes of missed events that may be on their way to all clients together, and half of it"
              + " to those of one address: over it the others wait for their turn.")
  private long maxCatchUpBytes = 32 * 1024 * 1024;

  @UriParam(
      label = "security",
      defaultValue = "5000",
      javaType = "java.time.Duration",
      description =
          "How long a client may take for a page of missed events while others wait for their turn:"
              + " over it the connection is closed (1013).")
  private long catchUpTimeout = 5_000;

  @UriParam(
      label = "security",
      defaultValue = "8388608",
      description = "Bytes of pages of missed events to keep for those who missed the same.")
  private long maxMissedPagesBytes = 8 * 1024 * 1024;

  public int getRecoveries() {
    return recoveries;
  }

  public void setRecoveries(int recoveries) {
    this.recoveries = recoveries;
  }

  public long getMaxCatchUpBytes() {
    return maxCatchUpBytes;
  }

  public void setMaxCatchUpBytes(long maxCatchUpBytes) {
    this.maxCatchUpBytes = maxCatchUpBytes;
  }

  public long getCatchUpTimeout() {
    return catchUpTimeout;
  }

  public void setCatchUpTimeout(long catchUpTimeout) {
    this.catchUpTimeout = catchUpTimeout;
  }

  public long getMaxMissedPagesBytes() {
    return maxMissedPagesBytes;
  }

  public void setMaxMissedPagesBytes(long maxMissedPagesBytes) {
    this.maxMissedPagesBytes = maxMissedPagesBytes;
  }
}

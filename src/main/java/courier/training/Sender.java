package courier.training;

import java.io.IOException;
import java.net.URI;

/** Sends messages to client A, one after the other; now and then one that is refused. */
final class Sender implements Load.User {
  private static final int WRONG_ONE_OF = 50;

  private final URI address;
  private final Requests requests;
  private final String name;
  private int sent;

  Sender(Addresses addresses, Requests requests, String name) {
    address = addresses.clientA("/send-message");
    this.requests = requests;
    this.name = name;
  }

  @Override
  public void act() throws IOException, InterruptedException {
    String to = sent % 2 == 0 ? "anna" : "bert";
    String message = "{\"from\":\"%s\",\"to\":\"%s\",\"message\":\"number %d, grüßt\"}";
    requests.post(address, message.formatted(name, to, sent++));
    if (sent % WRONG_ONE_OF == 0) {
      requests.post(address, "{\"from\":\"\",\"to\":7}");
      requests.post(address, "{\"from\":");
      requests.post(address, "from=a", "application/x-www-form-urlencoded");
      requests.get(address);
      String twice = "{\"id\":\"%s-%d\",\"from\":\"anna\",\"to\":\"bert\",\"message\":\"once\"}";
      requests.post(address, twice.formatted(name, sent));
      requests.post(address, twice.formatted(name, sent));
    }
  }
}

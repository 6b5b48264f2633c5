package courier.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.util.List;

/** Looks at the page and all the lists, by HTTP/2, and works the dead letters that it makes. */
final class Operator implements Load.User {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int ACCEPTED = 202;

  /** How often to look for a dead letter, which takes its time. */
  private static final int LOOKS = 100;

  private static final List<String> LISTS =
      List.of(
          "/",
          "/messages?limit=50",
          "/messages?clientId=anna&limit=10",
          "/messages/nothing",
          "/conversations?clientId=anna",
          "/dead-letters?limit=20",
          "/dead-letters?state=failed&limit=20",
          "/dead-letter-groups",
          "/dead-letter-replays",
          "/nothing");

  /** In MongoDB's way no member begins with a dollar, so that it is a dead letter at once. */
  private static final String POISON =
      "{\"from\":\"anna\",\"to\":\"bert\",\"message\":\"poison\",\"$bad\":1}";

  private static final String CURED =
      "{\"by\":\"operator\",\"value\":\"{\\\"from\\\":\\\"anna\\\",\\\"to\\\":\\\"bert\\\","
          + "\\\"message\\\":\\\"cured\\\"}\"}";

  private final Addresses addresses;
  private final Requests requests = new Requests(HttpClient.newHttpClient());
  private int replayed;

  Operator(Addresses addresses) {
    this.addresses = addresses;
  }

  int requests() {
    return requests.count();
  }

  /** How many of its replays were accepted. */
  int replayed() {
    return replayed;
  }

  @Override
  public void act() throws IOException, InterruptedException {
    String sent = requests.post(addresses.clientA("/send-message"), POISON).body();
    for (String list : LISTS) {
      requests.get(addresses.clientB(list));
    }
    requests.get(addresses.managementA("/observe/health"));
    requests.get(addresses.managementB("/observe/health"));
    requests.get(addresses.managementA("/observe/metrics"));
    requests.get(addresses.managementB("/observe/metrics"));
    requests.get(addresses.managementB("/observe/jolokia/version"));
    requests.get(
        addresses.clientB("/messages/" + JSON.readTree(sent).path("id").asText() + "/trace"));
    for (int i = 0; i < LOOKS; i++) {
      String letters = requests.get(addresses.clientB("/dead-letters?state=failed&limit=1")).body();
      JsonNode letter = JSON.readTree(letters).path(0).path("_id");
      if (letter.isTextual()) {
        work("/dead-letters/" + letter.textValue());
        return;
      }
    }
  }

  private void work(String letter) throws IOException, InterruptedException {
    requests.get(addresses.clientB(letter));
    requests.post(addresses.clientB(letter + "/discard"), "{\"by\":\"operator\"}");
    requests.post(addresses.clientB(letter + "/undo"), "{\"by\":\"operator\"}");
    if (requests.post(addresses.clientB(letter + "/replay"), CURED).statusCode() == ACCEPTED) {
      replayed++;
    }
  }
}

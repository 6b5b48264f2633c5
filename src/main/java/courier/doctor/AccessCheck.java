package courier.doctor;

import courier.config.Settings;
import courier.doctor.Finding.Severity;
import courier.kafka.Rights;
import java.util.ArrayList;
import java.util.List;

/** Whether Kafka's ACLs let Courier's user do what client A and client B do. */
record AccessCheck(Patient patient) implements Check {
  @Override
  public void look(Findings findings) throws Exception {
    Settings settings = patient.settings();
    List<String> own = new ArrayList<>();
    own.add(settings.get("topics.messages"));
    own.add(settings.get("topics.dead-letters"));
    own.add(settings.get("topics.stored"));
    if (settings.asksWho()) {
      own.add(settings.get("topics.revoked"));
    }
    Rights rights = new Rights(patient.kafka());
    rights.read(own);
    rights.read(others("topics.indexed", own));
    rights.write(own);
    rights.write(others("topics.replayed", own));
    rights.join(List.of(settings.get("client-b.group"), "client-b.dead-letters"));
    for (String right : rights.missing()) {
      String[] words = right.split(" "); // such as READ on the topic client-messages
      findings.add(
          Severity.BREAKS,
          "kafka-acl",
          "Kafka does not let Courier's user " + right,
          "What needs it waits until it is allowed.",
          patient.kafkaLine(
              "kafka-acls",
              "--add --allow-principal User:%s --operation %s --%s %s"
                  .formatted(patient.user(), words[0], words[3], words[4])));
    }
  }

  private List<String> others(String property, List<String> own) {
    return List.of(patient.settings().get(property).split(",")).stream()
        .filter(topic -> !own.contains(topic))
        .toList();
  }
}

package courier.doctor;

import courier.doctor.Finding.Severity;
import courier.failure.Access;
import courier.failure.Reason;
import courier.kafka.ClusterView;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at all there is to look at. */
public final class Doctor {
  private static final Logger LOG = LoggerFactory.getLogger(Doctor.class);

  private final Patient patient;

  public Doctor(Patient patient) {
    this.patient = patient;
  }

  public void look(Findings findings) {
    boolean kafkaAlone = patient.kafka() != null && asks("Kafka", this::isKafkaAlone, findings);
    boolean mongoAlone = patient.mongo() != null && asks("MongoDB", this::isMongoAlone, findings);
    forDevelopment(kafkaAlone, mongoAlone, findings);
    for (Check check : checks(kafkaAlone, mongoAlone)) {
      try {
        check.look(findings);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (Exception e) {
        unseen(check.getClass().getSimpleName(), e, findings);
      }
    }
  }

  /** Those of this machine and of the settings, and those of the servers that there are. */
  private List<Check> checks(boolean kafkaAlone, boolean mongoAlone) {
    List<Check> checks =
        new ArrayList<>(
            List.of(
                new HostChecks(patient),
                new DoorChecks(patient),
                new SecretChecks(patient),
                new CertificateCheck(patient),
                new VexCheck()));
    if (patient.kafka() != null) {
      ClusterView cluster = new ClusterView(patient.kafka());
      checks.add(new KafkaChecks(patient, cluster, kafkaAlone));
      checks.add(new ClusterChecks(patient, cluster));
      checks.add(new AccessCheck(patient));
    }
    if (patient.mongo() != null) {
      checks.add(new MongoChecks(patient, mongoAlone));
    }
    return checks;
  }

  private interface Question {
    boolean isSo() throws Exception;
  }

  private boolean asks(String server, Question question, Findings findings) {
    try {
      return question.isSo();
    } catch (Exception e) {
      LOG.debug("{} does not say", server, e);
      return false;
    }
  }

  private boolean isKafkaAlone() throws Exception {
    return patient.kafkaIsHere() && new ClusterView(patient.kafka()).brokers().size() == 1;
  }

  private boolean isMongoAlone() {
    return patient.mongoIsHere() && !MongoChecks.isReplicated(MongoChecks.hello(patient));
  }

  /** One line for what is by design. */
  private void forDevelopment(boolean kafka, boolean mongo, Findings findings) {
    if (kafka || mongo) {
      String which = kafka && mongo ? "Kafka and MongoDB are" : kafka ? "Kafka is" : "MongoDB is";
      findings.add(
          Severity.PRODUCTION,
          "for-development",
          which + " one server on this machine, as the embedded ones are",
          "Embedded servers are for development: there is no copy of anything.",
          kafka
              ? "kafka.brokers=broker1:9092,broker2:9092,broker3:9092"
              : "mongodb.uri=mongodb://db1,db2,db3/courier?replicaSet=rs0");
    }
  }

  private static void unseen(String check, Exception failure, Findings findings) {
    LOG.debug("{} could not look", check, failure);
    findings.unseen(
        "not-looked",
        check + " could not look: " + Access.advice(failure).orElse(Reason.of(failure)),
        "What it would say is not known.",
        "java -jar target/courier.jar doctor");
  }
}

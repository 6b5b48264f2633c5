package courier.doctor;

import static courier.doctor.Finding.Severity.PRODUCTION;

import com.mongodb.ConnectionString;
import courier.config.Settings;
import courier.mongodb.MongoTls;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Who can come in, and who can read along. */
record DoorChecks(Patient patient) implements Check {
  @Override
  public void look(Findings findings) {
    if (isOpen()) {
      http(findings);
    }
    if (!patient.kafkaIsHere()) {
      kafka(findings);
    }
    if (!patient.mongoIsHere()) {
      mongodb(findings);
    }
  }

  boolean isOpen() {
    try {
      return !InetAddress.getByName(patient.settings().get("http.host")).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return true;
    }
  }

  private void http(Findings findings) {
    Settings settings = patient.settings();
    if (settings.get("auth.mode").startsWith("none")) {
      findings.add(
          PRODUCTION,
          "auth-off",
          "http.host=%s opens the ports %s to the network, and nobody is asked who they are"
              .formatted(settings.get("http.host"), ports()),
          "Whoever reaches them reads and changes everything.",
          "auth.mode=jwt");
    }
    if (settings.isBlank("tls.certificate") || settings.get("tls.certificate").equals("none")) {
      findings.add(
          PRODUCTION,
          "tls-absent",
          "The ports %s are open to the network without TLS".formatted(ports()),
          "Whoever is in between reads along, unless a proxy in front has a certificate.",
          "tls.certificate=/etc/courier/tls.pem");
    }
    if (!settings.isBlank("http.cors.origins") && settings.get("http.cors.origins").contains("*")) {
      findings.add(
          PRODUCTION,
          "cors-any",
          "Any web page may call Courier: http.cors.origins=*",
          "A page that somebody looks at reads their messages.",
          "http.cors.origins=");
    }
  }

  private String ports() {
    Settings settings = patient.settings();
    return "%d, %d and, for the management, %d, %d"
        .formatted(
            settings.port("client-a.http.port"),
            settings.port("client-b.http.port"),
            settings.port("client-a.management.port"),
            settings.port("client-b.management.port"));
  }

  private void kafka(Findings findings) {
    String protocol =
        patient.kafkaSettings().clients().get("security.protocol").orElse("PLAINTEXT");
    if (protocol.endsWith("PLAINTEXT")) {
      findings.add(
          PRODUCTION,
          "kafka-in-clear",
          "Kafka is reached over the network by " + protocol,
          "Whoever is in between reads along.",
          "kafka.client.security.protocol=" + (protocol.startsWith("SASL") ? "SASL_SSL" : "SSL"));
    }
  }

  private void mongodb(Findings findings) {
    ConnectionString uri =
        new ConnectionString(
            MongoTls.of(patient.settings().get("mongodb.uri")).uri(), (name, type) -> List.of());
    boolean tls = patient.settings().get("mongodb.uri").matches("(?i).*[?&;]tls.*file=.*");
    if (!tls && !Boolean.TRUE.equals(uri.getSslEnabled())) {
      findings.add(
          PRODUCTION,
          "mongodb-in-clear",
          "MongoDB is reached over the network without TLS",
          "Whoever is in between reads along.",
          "mongodb.uri=mongodb://...&tls=true");
    }
    if (uri.getCredential() == null) {
      findings.add(
          PRODUCTION,
          "mongodb-no-user",
          "mongodb.uri names no user",
          "Either MongoDB lets in whoever reaches it, or it lets nobody in.",
          "mongodb.uri=mongodb://courier:...@...");
    }
  }
}

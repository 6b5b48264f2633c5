package courier.doctor;

import static courier.doctor.Finding.Severity.PRODUCTION;

import courier.mongodb.MongoTls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Secrets that everybody knows, or everybody on this machine may read. None is ever shown. */
record SecretChecks(Patient patient) implements Check {
  private static final Set<String> KNOWN =
      Set.of(
          ("123456 admin admin-secret changeit changeme client-secret courier example guest kafka"
                  + " mongo mongodb pass password root secret test user")
              .split(" "));

  private static final Pattern LOGIN = Pattern.compile("(?i)password\\s*=\\s*\"([^\"]*)\"");
  private static final Pattern URI = Pattern.compile("//([^:@/]+):([^@]*)@");

  @Override
  public void look(Findings findings) throws IOException {
    Map<String, String> secrets = secrets();
    secrets.forEach(
        (key, secret) -> {
          if (KNOWN.contains(secret.toLowerCase(Locale.ROOT))) {
            findings.add(
                PRODUCTION,
                "default-secret",
                "The password in " + key + " is one that everybody tries first",
                "It keeps nobody out.",
                key.equals("mongodb.uri")
                    ? patient.mongoLine(
                        "db.changeUserPassword(\"%s\", passwordPrompt())".formatted(mongoUser()))
                    : key + "=..., with one made by: openssl rand -base64 24");
          }
        });
    for (Path file : files(secrets)) {
      if (isReadableByAll(file) && hasMoreThanCertificates(file)) {
        findings.add(
            PRODUCTION,
            "readable-secret",
            "Everybody on this machine may read " + file,
            "It has a secret in it.",
            "chmod o-rwx " + file);
      }
    }
  }

  private String mongoUser() {
    Matcher uri = URI.matcher(patient.settings().get("mongodb.uri"));
    return uri.find() ? uri.group(1) : "courier";
  }

  /** By their keys; what is read from elsewhere, as ${...} says, is not here. */
  private Map<String, String> secrets() {
    Map<String, String> secrets = new LinkedHashMap<>();
    for (String name : new String[] {"ssl.keystore.password", "ssl.key.password"}) {
      patient.kafkaSettings().clients().get(name).ifPresent(v -> add(secrets, name, v));
    }
    patient
        .kafkaSettings()
        .clients()
        .get("sasl.jaas.config")
        .map(LOGIN::matcher)
        .filter(Matcher::find)
        .ifPresent(login -> add(secrets, "sasl.jaas.config", login.group(1)));
    Matcher uri = URI.matcher(patient.settings().get("mongodb.uri"));
    if (uri.find()) {
      secrets.put("mongodb.uri", uri.group(2));
    }
    if (!patient.settings().isBlank("tls.password")) {
      secrets.put("tls.password", patient.settings().get("tls.password"));
    }
    return secrets;
  }

  private static void add(Map<String, String> secrets, String name, String value) {
    if (!value.startsWith("${")) {
      secrets.put("kafka.client." + name, value);
    }
  }

  /** Those of the settings that have one of these, and those of keys. */
  private Set<Path> files(Map<String, String> secrets) throws IOException {
    Set<Path> files = new TreeSet<>();
    for (String name : new String[] {"application.properties", ".env"}) {
      Path file = patient.folder().resolve(name);
      if (Files.isReadable(file)) {
        String text = Files.readString(file);
        if (secrets.values().stream()
            .anyMatch(secret -> !secret.isEmpty() && hasLine(text, secret))) {
          files.add(file);
        }
      }
    }
    patient
        .kafkaSettings()
        .clients()
        .get("ssl.keystore.location")
        .map(Path::of)
        .ifPresent(files::add);
    Stream.of("tls.key", "tls.certificate")
        .filter(key -> !patient.settings().isBlank(key))
        .findFirst()
        .map(key -> Path.of(patient.settings().get(key)))
        .ifPresent(files::add);
    MongoTls.of(patient.settings().get("mongodb.uri"))
        .keyFile()
        .map(Path::of)
        .ifPresent(files::add);
    return files;
  }

  /** In a line that is no comment, as all that is between quotes, behind = or in a URI. */
  private static boolean hasLine(String text, String secret) {
    Pattern line =
        Pattern.compile("(?m)^(?!\\s*#).*[:\"=]" + Pattern.quote(secret) + "(@|\"|\\s*$)");
    return line.matcher(text).find();
  }

  private static boolean hasMoreThanCertificates(Path file) throws IOException {
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    return !text.contains("-----BEGIN") || text.contains("PRIVATE KEY");
  }

  private static boolean isReadableByAll(Path file) throws IOException {
    return Files.exists(file)
        && Files.getFileStore(file).supportsFileAttributeView("posix")
        && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
  }
}

package courier.check.mistake;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.DefaultVersionManager;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.LanguageModel;

/** All components and languages of this version of Camel, those that are not here too. */
public final class Catalogue {
  private static final String SERVICES = "META-INF/services/org/apache/camel/";

  private static final String HTTP = "/components/platform-http.json";
  private static final String BEGIN = "\"properties\": \\{";

  /** What Courier adds to the options of platform-http. */
  private static final String ROLE =
      """
      "role": { "index": 99, "kind": "parameter", "displayName": "Role", "group": "security",
        "label": "consumer,security", "required": false, "type": "enum", "javaType": "java.lang.String",
        "enum": [ "anybody", "client", "viewer", "operator" ], "deprecated": false,
        "autowired": false, "secret": false, "defaultValue": "client",
        "description": "The least that who asks has to be" },
      """;

  private final CamelCatalog catalog = new DefaultCamelCatalog(true);

  public Catalogue() {
    catalog.setVersionManager(new WithRole(catalog));
  }

  /** Gives the catalogue its files, and the option in the one of platform-http. */
  private static final class WithRole extends DefaultVersionManager {
    WithRole(CamelCatalog catalog) {
      super(catalog);
    }

    @Override
    public InputStream getResourceAsStream(String name) {
      InputStream file = super.getResourceAsStream(name);
      if (file == null || !name.endsWith(HTTP)) {
        return file;
      }
      try (file) {
        String json = new String(file.readAllBytes(), StandardCharsets.UTF_8);
        return new ByteArrayInputStream(
            json.replaceFirst(BEGIN, "$0" + Matcher.quoteReplacement(ROLE))
                .getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Null if there is none of this scheme. */
  ComponentModel component(String scheme) {
    if (catalog.componentModel(scheme) == null) {
      addOurs(scheme);
    }
    return catalog.componentModel(scheme);
  }

  /** A component that is not Camel's, from what its build generated beside its class. */
  private void addOurs(String scheme) {
    try (InputStream service = resource(SERVICES + "component/" + scheme)) {
      if (service != null) {
        Properties properties = new Properties();
        properties.load(service);
        String type = properties.getProperty("class");
        String folder = "META-INF/" + type.substring(0, type.lastIndexOf('.')).replace('.', '/');
        try (InputStream json = resource(folder + "/" + scheme + ".json")) {
          if (json != null) {
            String text = new String(json.readAllBytes(), StandardCharsets.UTF_8);
            catalog.addComponent(scheme, type, text);
          }
        }
      }
    } catch (IOException e) {
      // as one that nobody knows
    }
  }

  private static InputStream resource(String name) {
    return Catalogue.class.getClassLoader().getResourceAsStream(name);
  }

  List<String> components() {
    return catalog.findComponentNames();
  }

  List<String> languages() {
    return catalog.findLanguageNames();
  }

  LanguageModel language(String name) {
    return catalog.languageModel(name);
  }

  boolean hasComponentHere(String scheme) {
    return Catalogue.class.getClassLoader().getResource(SERVICES + "component/" + scheme) != null;
  }

  boolean hasLanguageHere(String name) {
    return Catalogue.class.getClassLoader().getResource(SERVICES + "language/" + name) != null;
  }

  EndpointValidationResult validate(String uri, boolean from) {
    return catalog.validateEndpointProperties(uri, false, from, !from);
  }
}

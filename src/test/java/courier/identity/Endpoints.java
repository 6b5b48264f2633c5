package courier.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The HTTP endpoints of a service, as its route files name them. */
public record Endpoints(Path folder) {
  private static final Pattern PATH = Pattern.compile("platform-http:(/[^\"?\\s]*)");
  private static final Pattern METHOD = Pattern.compile("httpMethodRestrict[=:]\\s*([A-Z]+)");
  private static final Pattern ROLE = Pattern.compile("role[=:]\\s*(\\w+)");

  public record Endpoint(String method, String path, String role) {}

  public List<Endpoint> all() throws IOException {
    List<Endpoint> all = new ArrayList<>();
    try (Stream<Path> own = Files.list(folder);
        Stream<Path> shared = Files.list(folder.resolveSibling("."))) {
      Stream<Path> files = Stream.concat(own, shared);
      for (Path file : files.filter(each -> each.toString().matches(".*\\.(yaml|java)")).toList()) {
        String text = Files.readString(file);
        for (Matcher path = PATH.matcher(text); path.find(); ) {
          // Up to the first step, or the end of the address.
          String rest = text.substring(path.end()).split("steps:|\"", 2)[0];
          all.add(
              new Endpoint(find(METHOD, rest, "GET"), path.group(1), find(ROLE, rest, "client")));
        }
      }
    }
    return all;
  }

  private static String find(Pattern pattern, String text, String otherwise) {
    Matcher found = pattern.matcher(text);
    return found.find() ? found.group(1) : otherwise;
  }
}

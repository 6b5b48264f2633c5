package courier.failure;

import com.mongodb.MongoCommandException;
import java.nio.file.NoSuchFileException;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.util.ObjectHelper;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/** Why something failed, in one line. */
public final class Reason {
  private Reason() {}

  /**
   * The innermost message, for it names what is wrong; of the outer ones, which route or option it
   * is.
   */
  public static String of(Throwable failure) {
    String place = "";
    Throwable cause = failure;
    for (Throwable each = failure;
        each != null && each != each.getCause();
        each = each.getCause()) {
      cause = each;
      if (each instanceof FailedToCreateRouteException route && route.getRouteId() != null) {
        place = "The route " + route.getRouteId() + " cannot be made: ";
      }
      if (each instanceof PropertyBindingException option && option.getOptionKey() != null) {
        place += "%s%s: ".formatted(option.getOptionPrefix(), option.getOptionKey());
      }
    }
    String line = place + message(cause);
    return line.strip().replaceAll("\\s*\\R\\s*", " ").replace("file:", "");
  }

  private static String message(Throwable cause) {
    if (cause instanceof MarkedYamlEngineException yaml && yaml.getProblemMark().isPresent()) {
      var mark = yaml.getProblemMark().get();
      return "%s:%d:%d: %s"
          .formatted(mark.getName(), mark.getLine() + 1, mark.getColumn() + 1, yaml.getProblem());
    }
    if (cause instanceof MongoCommandException mongo) { // whose message has the whole answer
      return "%s (%d %s)"
          .formatted(mongo.getErrorMessage(), mongo.getErrorCode(), mongo.getErrorCodeName());
    }
    if (cause instanceof NoSuchFileException) {
      return "There is no file " + cause.getMessage();
    }
    if (cause instanceof ClassNotFoundException) {
      return "There is no class " + cause.getMessage();
    }
    if (cause instanceof PropertyBindingException) { // its message has the value, perhaps a secret
      return "Camel has no such option: correct its name, or take it out";
    }
    return ObjectHelper.isEmpty(cause.getMessage())
        ? cause.getClass().getSimpleName()
        : cause.getMessage();
  }
}

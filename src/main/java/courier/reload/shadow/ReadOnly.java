package courier.reload.shadow;

import com.mongodb.client.MongoClient;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.regex.Pattern;

/** A client of MongoDB by which nothing can be written, for beans that ask what is stored. */
final class ReadOnly {
  private static final String DRIVER = "com.mongodb.client.";

  /** What reads; all else is refused, also what later versions may have. */
  private static final Pattern READS =
      Pattern.compile(
          "get.*|with(?!Transaction).*|find|count.*|estimated.*|distinct|list.*|iterator|cursor"
              + "|first|into|forEach|map|filter|sort|limit|skip|projection|batchSize|hint.*|max.*"
              + "|collation|comment|hasNext|next|tryNext|available|close|toString|hashCode|equals"
              + "|noCursorTimeout|partial|returnKey|showRecordId|let|min|timeoutMode|cursorType"
              + "|explain|allowDiskUse|spliterator");

  private ReadOnly() {}

  static MongoClient of(MongoClient mongo) {
    return mongo == null ? null : (MongoClient) proxy(mongo, MongoClient.class);
  }

  private static Object proxy(Object real, Class<?> type) {
    InvocationHandler reading = (proxy, method, arguments) -> ask(real, method, arguments);
    return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, reading);
  }

  private static Object ask(Object real, Method method, Object[] arguments) throws Throwable {
    if (!READS.matcher(method.getName()).matches()) {
      throw new IllegalStateException("A shadow writes nothing: " + method.getName());
    }
    try {
      Object answer = method.invoke(real, arguments);
      Class<?> type = method.getReturnType();
      boolean isDrivers = type.isInterface() && type.getName().startsWith(DRIVER);
      return answer == null || !isDrivers ? answer : proxy(answer, type);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}

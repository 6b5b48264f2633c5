package courier;

/** Starts the named parts of Courier in this process. */
public final class Courier {
  private Courier() {}

  public static void main(String[] args) {
    System.out.println("Courier");
  }
}

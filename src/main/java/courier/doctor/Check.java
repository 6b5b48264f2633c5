package courier.doctor;

/** Looks at one thing. What it throws is that it could not look. */
interface Check {
  void look(Findings findings) throws Exception;
}

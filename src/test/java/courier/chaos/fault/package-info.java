/** The parts as processes, what is to happen to them and when, and what makes it happen. */
package courier.chaos.fault;

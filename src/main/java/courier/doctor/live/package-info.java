/** What the doctor says of a service while it runs. */
package courier.doctor.live;

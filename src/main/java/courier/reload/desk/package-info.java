/** What people see of route files and do to them while they run. */
package courier.reload.desk;

package alarms

// Dashboard is the body of a dashboard, and Widget a part of it.
type (
	Dashboard = dashboard
	Widget    = widget
)

package alarms

// Dashboard is the form of a dashboard's body, Widget that of a part of it.
type (
	Dashboard = dashboard
	Widget    = widget
)

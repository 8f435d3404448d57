"""Address of the page of the look."""

from django.urls import path

from qorgan.web.style import views

app_name = "style"
urlpatterns = [path("", views.index, name="index")]

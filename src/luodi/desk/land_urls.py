"""Addresses of land."""

from django.urls import URLPattern, path

from luodi.desk import land_map_views, land_parcel_views, land_views, siting_views

urlpatterns: list[URLPattern] = [
    path("land/", land_views.parcels, name="land"),
    path("land/take/", land_views.take, name="take_parcels"),
    path("land/parcels.geojson", land_views.export, name="parcels_file"),
    path("land/layers/", land_views.layer_list, name="land_layers"),
    path("land/layers/load/", land_views.load_layer, name="load_layer"),
    path("land/layers/withdraw/", land_views.withdraw_layer, name="withdraw_layer"),
    path("land/atlas/", land_map_views.atlas, name="land_atlas"),
    path("land/low-use/", land_map_views.low_use, name="low_use"),
    path("land/siting/", siting_views.siting, name="siting"),
    path("land/<int:parcel>/", land_parcel_views.parcel, name="parcel"),
    path("land/<int:parcel>/<slug:verb>/", land_parcel_views.act, name="parcel_act"),
]

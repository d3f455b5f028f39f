"""Addresses of land."""

from django.urls import URLPattern, path

from luodi.desk import land_atlas_data, land_batch_views, land_map_views, land_parcel_views, land_views, siting_views
from luodi.desk.looking.kept_views import opens_usual

urlpatterns: list[URLPattern] = [
    path("land/", opens_usual("land")(land_views.parcels), name="land"),
    path("land/take/", land_views.take, name="take_parcels"),
    path("land/parcels.geojson", land_views.export, name="parcels_file"),
    path("land/layers/", land_views.layer_list, name="land_layers"),
    path("land/layers/load/", land_views.load_layer, name="load_layer"),
    path("land/layers/withdraw/", land_views.withdraw_layer, name="withdraw_layer"),
    path("land/atlas/", land_map_views.atlas, name="land_atlas"),
    path("land/batches/", land_batch_views.listing, name="land_batches"),
    path("land/batches/announce/", land_batch_views.announce, name="announce_batch"),
    path("land/atlas/parcels.json", land_atlas_data.parcels, name="atlas_parcels"),
    path("land/atlas/over.json", land_atlas_data.over, name="atlas_over"),
    path("land/low-use/", land_map_views.low_use, name="low_use"),
    path("land/siting/", siting_views.siting, name="siting"),
    path("land/<int:parcel>/", land_parcel_views.parcel, name="parcel"),
    path("land/<int:parcel>/<slug:verb>/", land_parcel_views.act, name="parcel_act"),
]

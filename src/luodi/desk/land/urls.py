"""Addresses of land."""

from django.urls import URLPattern, path

from luodi.desk.land import (
    atlas_data,
    base_data,
    batch_views,
    map_views,
    parcel_views,
    sheet,
    siting_views,
    tile_data,
    views,
)
from luodi.desk.looking.kept_views import opens_usual

urlpatterns: list[URLPattern] = [
    path("land/", opens_usual("land")(views.parcels), name="land"),
    path("land/take/", views.take, name="take_parcels"),
    path("land/parcels.geojson", views.export, name="parcels_file"),
    path("land/layers/", views.layer_list, name="land_layers"),
    path("land/layers/load/", views.load_layer, name="load_layer"),
    path("land/layers/withdraw/", views.withdraw_layer, name="withdraw_layer"),
    path("land/atlas/", map_views.atlas, name="land_atlas"),
    path("land/batches/", batch_views.listing, name="land_batches"),
    path("land/batches/announce/", batch_views.announce, name="announce_batch"),
    path("land/atlas/tiles/<int:z>/<int:x>/<int:y>/", tile_data.tile, name="atlas_tile"),
    path("land/atlas/over.json", atlas_data.over, name="atlas_over"),
    path("land/atlas/base.json", base_data.base, name="atlas_base"),
    path("land/atlas/sheet.svg", sheet.picture_file, name="atlas_sheet"),
    path("land/low-use/", map_views.low_use, name="low_use"),
    path("land/siting/", siting_views.siting, name="siting"),
    path("land/<int:parcel>/", parcel_views.parcel, name="parcel"),
    path("land/<int:parcel>/<slug:verb>/", parcel_views.act, name="parcel_act"),
]

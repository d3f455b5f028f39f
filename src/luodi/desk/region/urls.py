"""Addresses: pages of zones and the province: registry, profile, comparison, pipeline by city and industry."""

from django.urls import URLPattern, path

from luodi.desk.region import chain_acts, chain_views, compare_views, views, zone_views

urlpatterns: list[URLPattern] = [
    path("region/", views.region, name="region"),
    path("region/zones/", views.zones, name="region_zones"),
    path("region/zones/<slug:zone>/", zone_views.zone, name="region_zone"),
    path("region/zones/<slug:zone>/offer.pdf", zone_views.offer_pdf, name="region_offer"),
    path("region/zones/<slug:zone>/enter/", zone_views.enter, name="region_enter"),
    path("region/zones/<slug:zone>/end/", zone_views.end, name="region_end"),
    path("region/compare/", compare_views.compare, name="region_compare"),
    path("region/chains/", chain_views.region_chains, name="region_chains"),
    path("region/chain-begin/", chain_acts.chain_begin, name="region_chain_begin"),
    path("region/chains/<slug:key>/", chain_views.region_chain, name="region_chain"),
    path("region/chains/<slug:key>/join/", chain_acts.chain_join, name="region_join"),
    path("region/chains/<slug:key>/claim/", chain_acts.chain_claim, name="region_claim"),
    path("region/chain-members/<int:member>/leave/", chain_acts.chain_leave, name="region_leave"),
]

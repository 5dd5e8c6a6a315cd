#!/bin/sh
# 首次启动建库：两个账号都不是超级用户；yuanrong 拥有各表，yuanrong_service 运行服务 · no superusers: one owns the tables, the other runs the service
set -eu
psql --set ON_ERROR_STOP=1 --set owner="$(cat /run/secrets/owner)" --set service="$(cat /run/secrets/service)" --username postgres <<'SQL'
CREATE ROLE yuanrong LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'owner';
CREATE ROLE yuanrong_service LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'service';
CREATE DATABASE yuanrong OWNER yuanrong ENCODING 'UTF8' TEMPLATE template0;
SQL
